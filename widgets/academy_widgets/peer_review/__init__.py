"""The pages of peer review: a reviewer's, an author's, a facilitator's."""
