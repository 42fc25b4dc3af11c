"""`python -m kaysis_graph.cli`: the command where the script is not installed."""

import sys

from kaysis_graph.cli import main

sys.exit(main())
