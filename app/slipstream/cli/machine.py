"""From a command's options to what a pair is judged by."""

import argparse

from slipstream.cli.known import known_pairs
from slipstream.core.paths import AppPaths, resources_dir
from slipstream.models import here
from slipstream.models.catalog import load_catalog
from slipstream.models.memory import LoadOptions
from slipstream.models.pairing import Surroundings


def load_options(options: argparse.Namespace) -> LoadOptions:
    return LoadOptions(
        options.ctx_size, options.flash_attn != "off", options.cache_type_k, options.cache_type_v
    )


def surroundings(options: argparse.Namespace, paths: AppPaths) -> Surroundings:
    """Everything a pair is judged by."""
    return here.surroundings(
        load_options(options), paths.measurements_file, load_catalog(resources_dir()), known_pairs(paths)
    )
