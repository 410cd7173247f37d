"""Column headings of Moodle's grade files, in the languages of its language packs.

The packs change with versions and translators, so headings are known by the words in them; where that is not enough,
columns can be named by hand.
"""

from __future__ import annotations

import re

from academy.people.roster.file import title

__all__ = ["is_changeable", "is_feedback", "is_most", "kind_of", "says_no"]


def _any(words: str) -> re.Pattern[str]:
    return re.compile("|".join(title(word) for word in words.split("|")))


def _words(words: str) -> frozenset[str]:
    return frozenset(title(word) for word in words.split("|"))


_MOST = _any(
    "maximum grade|maximale|maximal|maximum|máxima|máximo|massima|massimo|maxima|highest|bestwertung|höchst|hoogste"
    "|maksym|максим|en yüksek|azami|maksim|suurin|κάλτ|μέγιστ|القصوى|القصوي|الأقصى|الأعلى|حداکثر|tối đa|สูงสุด|最高"
    "|最大|최고|최대|מרבי|العظمى|أعلى|högsta|høyeste|højeste"
    "|nejvyšš|najvyšš|najviš|највиш|didžiausi|gehienez"
)
_CHANGEABLE = _any(
    "can be changed|puede ser|puede cambiar|se puede|pot canviar|peut être|modifiable|kann ge|änderbar|può essere"
    "|modificabile|pode ser|pode mudar|kan gewijzigd|kan worden|może być|может быть|можна|може бути|değiştirilebilir"
    "|kan ändras|kan ændres|kan endres|voidaan|lze|možno|módosítható|poate fi|dapat|يمكن|قابل|có thể|可更改|可以更改"
    "|可修改|可以被|kan aangepast|zostać zmien|být změn|byť zmen|moguće mij|lahko sprem|変更|변경|ניתן לשנ"
    "|αλλάξει|се променя|alda daiteke"
)
_FEEDBACK = _any(
    "feedback|retroalimentación|retroaliment|comentario|comentário|comentari|commentaire|commenti|kommentar|comment"
    "|komentar|rückmeldung|retour|avis|відгук|отзыв|коммент|комент|informacja zwrotna|geri bildirim|geribildirim"
    "|umpan balik|palaute|zpětná|spätná|visszajelzés|återkoppling|tilbakemelding|tilbagemelding|ανατροφοδότηση"
    "|ملاحظات|تعليقات|تعليق|التغذية الراجعة|بازخورد|phản hồi|反馈|回饋|フィードバック|피드백|משוב"
    "|回馈|评语|評語|ความคิดเห็น|обратна връзка|iruzkin"
)
_PERCENT = _any(
    "percentage|porcentaje|pourcentage|prozentsatz|prozent|percentuale|percentagem|porcentagem|procent|percent|процент"
    "|відсот|yüzde|persentase|prosent|prosentti|százalék|ποσοστ|نسبة|النسبة|درصد|phần trăm|百分比|パーセン|백분율|אחוז"
)
_LETTER = _any(
    "letter|letra|lettre|buchstabe|notenstufe|lettera|lletra|буква|літера|litera|harf|huruf|bokstav|bogstav|kirjain"
    "|betű|písmeno|γράμμα|حرف|الحرف|chữ|等级|等第|評定文字|등급|אות"
)
_NO = _words(
    "no|nein|non|não|nee|nie|нет|ні|hayır|tidak|nej|nei|ei|ne|nem|nu|όχι|لا|نه|không|否|いいえ|아니오|아니요|לא"
    "|ez|ไม่|ไม่ใช่|خیر|hapana|не"
)


def is_most(heading: str) -> bool:
    """Whether a column of a worksheet says how many points there are at most."""
    return bool(_MOST.search(title(heading))) and not is_changeable(heading)


def is_changeable(heading: str) -> bool:
    """Whether a column says if the grade may be changed."""
    return bool(_CHANGEABLE.search(title(heading)))


def is_feedback(heading: str) -> bool:
    """Whether a column is for words to the participant."""
    return bool(_FEEDBACK.search(title(heading)))


def kind_of(heading: str) -> tuple[str, str]:
    """Return a gradebook's heading without what stands in brackets at its end, and what that says it holds."""
    match = re.fullmatch(r"(.*?)\s*[(（]([^()（）]*)[)）]\s*", heading)
    if match is None:
        return heading, ""
    said = title(match[2])
    kinds = (("percent", _PERCENT), ("letter", _LETTER), ("feedback", _FEEDBACK))
    return match[1], next((kind for kind, words in kinds if words.search(said)), "points")


def says_no(cell: str) -> bool:
    """Whether a cell says no."""
    return title(cell) in _NO
