"""Checks of the small exercise."""
from academy.course import check

@check("has-goal", points=2, title="A goal is written", hint="What do you want to reach?", fields=["goal"])
def has_goal(answers):
    return bool(answers["goal"])

@check("steps", points=3, title="Three steps", hint="What comes next?", fields=["steps"])
def three_steps(answers):
    return min(len(answers["steps"]) / 3, 1)
