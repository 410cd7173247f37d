"""Files of a course: read, put together with translations and shared parts, looked over, found."""
