"""Why deployments fail, each cause with what to do."""

from __future__ import annotations

from wizard.locale import Catalogue
from wizard.locale.diagnosis.builds import BUILDS
from wizard.locale.diagnosis.data import DATA
from wizard.locale.diagnosis.imports import IMPORTS
from wizard.locale.diagnosis.running import RUNNING

CATALOGUE: Catalogue = {**IMPORTS, **BUILDS, **DATA, **RUNNING}
