"""Opens the window: fonts, French words of Qt, one copy only, then the event loop.

The only file of the window that ``app`` knows.
"""

import sys

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from advisor.services.all_services import Services
from advisor.ui.single_instance import SingleInstance
from advisor.ui.theme import load_fonts
from advisor.ui.window import Window

ALREADY_OPEN = (
    "L’application est déjà ouverte sur ce dossier\u202f: sa fenêtre revient au premier plan, "
    "cette copie se ferme."
)


def prepare() -> QApplication:
    """Return the Qt application, in French and with our fonts; made once."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("advisor")
    app.setApplicationDisplayName("Conseil à l’installation")
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_fr", folder):
        app.installTranslator(translator)
    load_fonts()
    return app


def run(services: Services) -> int:
    """Open the window on one home and return the exit status when it is closed.

    A second copy on the same home brings the first one forward, says so, and returns 0.
    """
    app = prepare()
    services.home.create()
    alone = SingleInstance(services.home)
    if not alone.is_first():
        sys.stderr.write(f"{ALREADY_OPEN}\n")
        return 0
    held = services.hold_window()
    window = Window(services)
    alone.called.connect(window.come_forward)
    window.jobs.watch_everything()
    window.show()
    window.begin()
    try:
        return app.exec()
    finally:
        alone.close()
        services.close()
        held.release()
