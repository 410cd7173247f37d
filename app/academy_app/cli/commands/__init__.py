"""One module for each command of `academy`, or group of commands."""
