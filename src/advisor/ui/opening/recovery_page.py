"""The recovery key on paper, sent to the printer the person chooses; never to a file.

Knows Qt's printing; must not know any service.
"""

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

PAGE = """<h2>Clé de secours — Conseil à l’installation</h2>
<p>Cette clé ouvre la base chiffrée si la phrase secrète est oubliée. Gardez cette page sous clé,
dans votre organisation ; ne la laissez pas avec l’ordinateur.</p>
<p style="font-size:20pt"><b>{key}</b></p>"""


def print_key(key: str) -> str:
    """Print the key and return one sentence that says what happened."""
    if not QPrinterInfo.availablePrinterNames():
        return "Aucune imprimante n’est installée\u202f: recopiez la clé à la main ou copiez-la."
    printer = QPrinter()
    if not QPrintDialog(printer).exec():
        return "Impression abandonnée\u202f: la clé n’est pas encore à l’abri."
    page = QTextDocument()
    page.setHtml(PAGE.format(key=key))
    page.print_(printer)
    return "Page envoyée à l’imprimante\u202f: rangez-la sous clé."
