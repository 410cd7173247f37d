def measure_solara(quick):
    return "absent"
