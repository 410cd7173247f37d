"""Qué se mira en el mapa: que esté completo, que se vea qué urge y que haya más que suposiciones."""

from academy.course import check
from academy.course import judging as j


@check(
    "completo",
    points=2,
    title="Al menos dos filas completas",
    hint="¿Qué fila espera todavía una respuesta?",
    fields=["mapa"],
    asks=False,
)
def completo(answers, exercise):
    return j.complete(exercise, answers, ["mapa"])


@check(
    "urgencia",
    points=1,
    title="Se ve qué urge más",
    hint="Si este año solo pudieran cambiar una cosa, ¿cuál sería?",
    fields=["mapa"],
)
def urgencia(answers):
    return len(j.values(answers, "mapa.gravedad")) > 1


@check(
    "pruebas",
    points=1,
    title="Al menos un riesgo vivido o medido",
    hint="¿A quién podrían preguntar esta semana?",
    fields=["mapa"],
)
def pruebas(answers):
    return bool(j.values(answers, "mapa.prueba") - {"supuesto"})
