"""Qué se mira en la presentación: que esté completa y con palabras propias."""

from academy.course import check
from academy.course import judging as j


@check(
    "completa",
    points=2,
    title="Está todo",
    hint="¿Qué pregunta espera todavía una respuesta?",
    fields=["lugar", "anos", "espera"],
    asks=False,
)
def completa(answers, exercise):
    return j.complete(exercise, answers, ["lugar", "anos", "espera"])


@check(
    "propias",
    points=1,
    title="Con sus propias palabras",
    hint="¿Cómo se lo diría a una compañera?",
    fields=["espera"],
)
def propias(answers, exercise):
    return j.own_words(exercise, answers)
