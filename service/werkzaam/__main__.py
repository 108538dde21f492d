"""``python -m werkzaam`` is the command ``werkzaam``."""

import sys

from werkzaam.cli import main

sys.exit(main())
