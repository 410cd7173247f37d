"""Qué se mira en la propuesta: que esté completa y que no se lleve en soledad."""

from academy.course import check
from academy.course import judging as j


@check(
    "completa",
    points=2,
    title="Está todo",
    hint="¿Qué pregunta espera todavía una respuesta?",
    fields=["riesgo", "pedimos", "dia", "quienes"],
    asks=False,
)
def completa(answers, exercise):
    return j.complete(exercise, answers, ["riesgo", "pedimos", "dia", "quienes"])


@check(
    "juntas",
    points=2,
    title="La apoyan al menos dos grupos",
    hint="¿Quién más notaría el cambio y todavía no lo sabe?",
    fields=["quienes"],
)
def juntas(answers):
    return len(answers["quienes"] or []) / 2
