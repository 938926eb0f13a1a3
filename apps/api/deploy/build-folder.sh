#!/bin/sh
# Builds the folder that production runs: API, worker, web app and operator's tool with their production dependencies. It needs a
# checkout with its dependencies installed. The folder has the layout of the repository, because Node.js strips no types in node_modules.
#   pnpm build:folder /opt/pockitflyer-1
set -eu
umask 022
mkdir -p "$1"
folder=$(cd "$1" && pwd)
cd "$(dirname "$0")/../../.."
manager=$(sed -n 's/.*"packageManager": "\(.*\)".*/\1/p' package.json)
pnpm() { CI=true npx -y "$manager" "$@"; }
apps='--filter-prod @pockitflyer/api... --filter-prod @pockitflyer/worker... --filter-prod @pockitflyer/web... --filter-prod @pockitflyer/cli...'

cp package.json pnpm-workspace.yaml pnpm-lock.yaml .pnpmfile.cjs "$folder"
pnpm --filter @pockitflyer/api build
for package in $(pnpm $apps list --depth -1 --parseable); do
  to=$folder/${package#"$PWD"/}
  mkdir -p "$to"
  for part in package.json src dist public patches node-flags; do
    [ ! -e "$package/$part" ] || cp -R "$package/$part" "$to"
  done
done
# The API runs its build.
rm -r "$folder/apps/api/src"
(cd "$folder" && pnpm $apps install --prod --frozen-lockfile)

# Of Next.js the folder gets what its server needs, as the build found it: the package also holds compilers, 300 MB.
pnpm --filter @pockitflyer/web build
standalone=apps/web/.next/standalone
modules=node_modules/.pnpm
rm -rf "$folder/$modules"/next@* "$folder/$modules"/@next+swc-*
cp -R "$standalone/$modules"/next@* "$folder/$modules"
cp -R "$standalone/apps/web/.next" "$folder/apps/web"
cp -R apps/web/.next/static "$folder/apps/web/.next"
