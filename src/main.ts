#!/usr/bin/env node
/** The door: argv → command → exit status. */
