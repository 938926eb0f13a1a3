const { getDefaultConfig, mergeConfig } = require('@react-native/metro-config')

// What runs before an app on a phone is React Native itself, which is not here.
module.exports = mergeConfig(getDefaultConfig(__dirname), {
  serializer: { getModulesRunBeforeMainModule: () => [] },
})
