// openapi-typescript writes its output with the JavaScript API of TypeScript 5, which TypeScript 7 does not have: it gets one of its own.
module.exports = {
  hooks: {
    readPackage(pkg) {
      if (pkg.name === 'openapi-typescript') {
        delete pkg.peerDependencies.typescript
        pkg.dependencies.typescript = '5.9.3'
      }
      return pkg
    },
  },
}
