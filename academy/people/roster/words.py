"""Vocabulary of rosters in many languages: headings, and names of roles.

The headings are those of Moodle's language packs for "first name", "last name", "email address", "groups" and "roles".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

__all__ = ["HEADINGS", "RANK", "role_of", "title"]

_PLAIN = str.maketrans("أإآٱةىıłøđ", "ااااهيilod")

_HEADINGS = {
    "first": "first name|firstname|given name|forename|prénom|prénom(s)|primeiro nome|nome próprio|nombre de pila"
    "|الاسم الأول|vorname|voornaam|imię|имя|ім'я|ad|adı|adınız|förnamn|fornavn|etunimi|křestní jméno|jméno"
    "|krstné meno|keresztnév|utónév|prenume|ime|όνομα|име|نام|nama depan|tên|ชื่อ|名|이름|שם פרטי|jina la kwanza",
    "last": "last name|primer apellido|apellido paterno"
    "|lastname|surname|family name|nom de famille|apellido|apellidos|apellido(s)|sobrenome|apelido"
    "|apelidos|الاسم الأخير|اسم العائلة|اللقب|cognome|nachname|familienname|achternaam|nazwisko|фамилия|прізвище"
    "|soyad|soyadı|soyadınız|efternamn|efternavn|etternavn|sukunimi|příjmení|priezvisko|vezetéknév|nume de familie"
    "|prezime|презиме|επώνυμο|фамилно име|نام خانوادگی|nama akhir|nama belakang|họ|นามสกุล|姓|姓氏|성|שם משפחה"
    "|cognoms|jina la mwisho",
    "name": "name|full name|fullname|display name|nom complet|nombre completo|nome completo|الاسم|الاسم الكامل"
    "|nombre y apellidos|nome e cognome|vollständiger name|volledige naam|imię i nazwisko|фио|полное имя|ad soyad"
    "|adı soyadı|fullständigt namn|nama lengkap|nama|họ và tên|姓名|氏名|全名|nume complet",
    "either": "nom|nombre|nombres|nombre(s)|nom(s)|nome|nume|naam|navn|namn",  # by what stands beside it
    "email": "email|e mail|mail|email address|e mail address|adresse de courriel|courriel|adresse électronique"
    "|adresse e mail|adresse email|adresse mail|correo|correo electrónico|dirección de correo"
    "|dirección de correo electrónico|dirección email|dirección de email|endereço de email|endereço de e mail"
    "|endereço de correio eletrónico|correio eletrónico|البريد الإلكتروني|عنوان البريد الإلكتروني"
    "|indirizzo email|indirizzo e mail|indirizzo di posta elettronica|posta elettronica|e mail adresse"
    "|emailadresse|mailadresse|e mailadresse|e mailadres|emailadres|adres e mail|adres email"
    "|адрес электронной почты|электронная почта|e-posta|e-posta adresi|e-postadress|e-postadresse|e-post"
    "|sähköpostiosoite|sähköposti|e-mailová adresa|e-mailová adresa|e-mail cím|adresă de e-mail|adresă email"
    "|adresa e-pošte|διεύθυνση ηλεκτρονικού ταχυδρομείου|електронна пошта|имейл адрес|پست الکترونیک|ایمیل"
    "|alamat email|địa chỉ thư điện tử|thư điện tử|địa chỉ email|อีเมล|ที่อยู่อีเมล|电子邮件地址|邮箱|電子郵件"
    '|メールアドレス|이메일 주소|이메일|דואר אלקטרוני|כתובת דוא"ל|adreça electrònica|barua pepe',
    "groups": "group|groups|groupe|groupes|grupo|grupos|المجموعات|المجموعة|gruppo|gruppi|gruppe|gruppen|groep|groepen"
    "|grupa|grupy|группа|группы|група|групи|grup|gruplar|grupp|grupper|ryhmä|ryhmät|skupina|skupiny|csoport|csoportok"
    "|grupuri|grupe|ομάδα|ομάδες|گروه|گروه‌ها|nhóm|กลุ่ม|小组|群組|グループ|모둠|קבוצות|grups|kikundi",
    "role": "role|roles|rol|papel|papéis|função|funções|الدور|الأدوار|rôle|rôles|ruolo|ruoli|rolle|rollen|rola|роль"
    "|роли|ролі|roller|roll|rooli|roolit|szerep|szerepek|rolovi|ρόλος|ρόλοι|نقش|نقش‌ها|peran|vai trò|บทบาท"
    "|角色|ロール|역할|תפקיד|rols",
}

_ROLES = {
    "participant": "participant|participants|student|learner|étudiant|étudiante|apprenant|estudiante|estudante|aluno"
    "|aluna|alumno|alumna|participante|studente|teilnehmer|teilnehmerin|teilnehmer/in|student/in|deelnemer|leerling"
    "|uczestnik|студент|учасник|участник|öğrenci|deltagare|deltager|opiskelija|hallgató|cursant|siswa|peserta"
    "|học viên|学生|受講者|학생|طالب|مشارك|دانشجو|סטודנט|mwanafunzi",
    "mentor": "mentor|mentors|tutor|tutors|alumni|mentora|tutora|tuteur|tutrice|mentore|ментор|مرشد|موجه",
    "facilitator": "facilitator|facilitators|teacher|editingteacher|editing teacher|noneditingteacher"
    "|non editing teacher|manager|course creator|coursecreator|enseignant|enseignante|enseignant non éditeur"
    "|enseignant non-éditeur|gestionnaire|facilitateur|facilitatrice|profesor|profesora"
    "|profesor sin permiso de edición|profesor no-editor|gestor|mánager|facilitador|facilitadora|professor|professora"
    "|docente|docente non editor|professor não editor|moderador|gerente|facilitatore|trainer/in"
    "|trainer/in ohne bearbeitungsrecht|manager/in|docent|leraar|prowadzący|преподаватель|учитель|викладач|eğitmen"
    "|öğretmen|yönetici|lärare|underviser|lærer|opettaja|oktató|tanár|guru|pengajar|giáo viên|教师|教師|선생님|معلم"
    "|مدرب|ميسر|מורה|mwalimu",
}
"""Names of the roles that Moodle has by default; who grades there is a facilitator here."""

RANK = ("participant", "mentor", "facilitator")
"""Roles, those who may do more later."""


def title(cell: str) -> str:
    """Return a heading without case, accents and punctuation."""
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", cell) if not unicodedata.category(c).startswith("M")
    )
    plain = plain.casefold().translate(_PLAIN)
    return " ".join(re.sub(r"[^\w]+", " ", plain).split())


HEADINGS = {title(name): column for column, names in _HEADINGS.items() for name in names.split("|")}
_ROLE_WORDS = {title(name): role for role, names in _ROLES.items() for name in names.split("|")}


def role_of(cell: str, meant: Mapping[str, str]) -> tuple[str | None, dict[str, str], list[str]]:
    """Return the highest role that a cell names, what each of its names was read as, and the names nobody knows.

    `meant` says what other names stand for, by their titles; it goes before the words that are known.
    """
    read: dict[str, str] = {}
    unknown = []
    for name in (part.strip() for part in re.split(r"[,;|\n]", cell)):
        role = meant.get(title(name)) or _ROLE_WORDS.get(title(name))
        if role:
            read[name] = role
        elif name:
            unknown.append(name)
    return max(read.values(), key=RANK.index, default=None), read, unknown
