"""ariadne-codegen plugin: the generated client stands on our model and execution modules."""

from __future__ import annotations

import ast
import re

from ariadne_codegen.plugins.base import Plugin
from graphql import FragmentDefinitionNode

MODEL = '''"""What generated models are built on."""

from wizard.railway.model import UNSET, BaseModel, UnsetType

__all__ = ["UNSET", "BaseModel", "UnsetType"]
'''


class RailwizardPlugin(Plugin):
    """Makes enums tolerant, models lazy and the package free of the generator's own HTTP client."""

    def generate_enums_code(self, generated_code: str) -> str:
        """Unknown words survive."""
        code = generated_code.replace("(str, Enum)", "(TolerantEnum)")
        return code.replace("from enum import Enum\n", "from wizard.railway.model import TolerantEnum\n")

    def generate_result_types_code(self, generated_code: str) -> str:
        """Models resolve their forward references at first use."""
        return _without_rebuilds(generated_code)

    def generate_inputs_code(self, generated_code: str) -> str:
        """As for results."""
        return _without_rebuilds(generated_code)

    def generate_fragments_module(
        self, module: ast.Module, fragments_definitions: dict[str, FragmentDefinitionNode]
    ) -> ast.Module:
        """As for results."""
        del fragments_definitions
        module.body = [node for node in module.body if not _is_rebuild(node)]
        return module

    def generate_init_code(self, generated_code: str) -> str:
        """Importing the package imports nothing: callers name the module they need."""
        del generated_code
        return '"""Generated from operations.graphql by tools/generate_client.py; never edited."""\n'

    def copy_code(self, copied_code: str) -> str:
        """Replace the copied model base by ours."""
        return MODEL if "class UnsetType" in copied_code else copied_code


def _without_rebuilds(code: str) -> str:
    return re.sub(r"^\w+\.model_rebuild\(\)\n", "", code, flags=re.MULTILINE)


def _is_rebuild(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and ast.unparse(node).endswith(".model_rebuild()")
