"""The form of an exercise: the widget, the controller behind it, and the form as a file."""
