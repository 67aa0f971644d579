#!/bin/bash
. /docker/env
"$@"
