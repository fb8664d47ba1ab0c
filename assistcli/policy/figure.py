"""Named figures of a notice: dated parameters (参数) and formulas (公式), each with its clause."""

from dataclasses import dataclass

from assistcli.policy.citation import Citation
from assistcli.policy.quantity import Quantity
from assistcli.policy.reading import Open
from assistcli.policy.scope import Parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterRule:
    """A dated figure with its clause."""

    name: str
    parameter: Parameter
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class FormulaRule:
    """A named reckoning with its clause: its text and its quantity under the readings it depends on.

    ``show`` says that its working is printed with a verdict; ``rows`` states it where it goes by cases.
    """

    name: str
    citation: Citation
    text: Open[str]
    value: Open[Quantity]
    unit: str
    show: bool = False
    rows: str = ""
