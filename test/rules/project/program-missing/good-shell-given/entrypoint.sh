#!/bin/bash
exec /usr/local/bin/app
