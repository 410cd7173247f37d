"""What is wrong in the files of a course: in sentences, with its place and the mend."""
