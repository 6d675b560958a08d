export { ConfigError } from './config-error';
export { ConfigModule } from './config.module';
export { renderEnvExample } from './env-example';
export { type Environment, readEnvironment } from './environment';
export { defaultHome, openHome } from './home';
export { isProduction, loadPart, loadSettings } from './load-settings';
export { variablesOfPort } from './port-variables';
export { generatedSecrets } from './secrets';
export { SETTINGS, type Settings } from './settings';
