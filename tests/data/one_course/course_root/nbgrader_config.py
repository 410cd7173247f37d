from academy_grading.config import configure
configure(get_config(), __file__)
