"""What stands in the panel before the first answer: where figures will appear, and what they will say."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from slipstream.ui.dashboard.labels import BODY, FigureLabel, Type
from slipstream.ui.theme import SPACE, Theme

_SKETCH = (0.15, 0.3, 0.26, 0.5, 0.62, 0.55, 0.78, 0.7, 0.9)  # heights of a curve that rises over its level


class EmptyState(QWidget):
    """A sketch of a plot, a sentence, and the four figures in words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._sketch = _Sketch()
        self._labels: list[FigureLabel] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(2)
        layout.addStretch(2)
        layout.addWidget(self._sketch, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(2 * SPACE)
        heading = self._label(
            Type(1.0, QFont.Weight.DemiBold), self.tr("Figures appear here while an answer is written"), 2
        )
        layout.addWidget(heading)
        layout.addSpacing(2 * SPACE)
        for name, meaning in (
            (self.tr("Tokens/s"), self.tr("the speed, against the level without drafting")),
            (self.tr("Acceptance and τ"), self.tr("how much of the draft is kept, and what a pass yields")),
            (self.tr("Latency"), self.tr("how evenly the text arrives")),
        ):
            layout.addWidget(self._label(Type(0.92, QFont.Weight.DemiBold), name))
            layout.addWidget(self._label(Type(BODY.scale, colour="muted"), meaning, 2))
            layout.addSpacing(SPACE)
        layout.addStretch(3)
        self.set_theme(theme)

    def _label(self, kind: Type, text: str, lines: int = 1) -> FigureLabel:
        label = FigureLabel(kind, lines=lines, align=Qt.AlignmentFlag.AlignHCenter)
        label.setText(text)
        self._labels.append(label)
        return label

    def set_theme(self, theme: Theme) -> None:
        for label in self._labels:
            label.set_theme(theme)
        self._sketch.set_theme(theme)


class _Sketch(QWidget):
    """A curve over a dashed level."""

    def __init__(self) -> None:
        super().__init__()
        self._curve = QColor()
        self._level = QColor()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        self._curve, self._level = QColor(theme.accent), QColor(theme.muted)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 56)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        level = rect.bottom() - 0.38 * rect.height()
        painter.setPen(QPen(self._level, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(rect.left(), level), QPointF(rect.right(), level))
        step = rect.width() / (len(_SKETCH) - 1)
        points = [
            QPointF(rect.left() + i * step, rect.bottom() - h * rect.height()) for i, h in enumerate(_SKETCH)
        ]
        painter.setPen(
            QPen(self._curve, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        painter.drawPolyline(QPolygonF(points))
