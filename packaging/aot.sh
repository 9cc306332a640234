#!/bin/sh
# Trains the start-up cache: aot.sh JAVA INPUT MAIN-JAR
# The run that it watches trains a network for a moment, so that ND4J's and the engine's classes are in the cache.
# The launcher accepts the cache only for the class path it builds itself: the main jar, then the others in order of name.
set -eu
java=$1 main=$3
cd "$2"
jars=$(ls ./*.jar | LC_ALL=C sort | sed "s|^\./|$PWD/|" | grep -v "/$main\$" | tr '\n' ':')
exec "$java" -XX:AOTCacheOutput=skiplab.aot -Djava.library.path="$PWD/natives" -cp "$PWD/$main:${jars%:}" \
  org.skiplab.app.Main train resnet-8 --data mnist --limit 640 --epochs 1 --seed 1 --out ../aot-run
