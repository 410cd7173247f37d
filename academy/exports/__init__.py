"""Papers to take away: a document as accessible PDF, single HTML file and DOCX. Texts are data in all of them."""

from academy.exports.paper import Answer, Drawing, Grid, Paper, Paragraph, Section

__all__ = ["Answer", "Drawing", "Grid", "Paper", "Paragraph", "Section"]
