"""Text as all stages see it: words with their places, folded forms, stems and stop words."""
