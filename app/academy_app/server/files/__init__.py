"""What is taken away and handed in as files: offline forms, paper, passports, the calendar."""
