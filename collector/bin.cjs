#!/usr/bin/env node
// The `countersign-collector` command.
'use strict';

require('../main/shells/launcher.cjs').launch(
  'countersign-collector',
  'collector/collector.mjs',
  process.argv.slice(2),
);
