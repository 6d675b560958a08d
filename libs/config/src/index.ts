export { ConfigError } from './config-error';
export { ConfigModule } from './config.module';
export { renderEnvExample } from './env-example';
export { type Environment, readEnvironment } from './environment';
export { defaultHome, openHome } from './home';
export { isProduction, loadSettings, loadSimulatorSettings } from './load-settings';
export { generatedSecrets } from './secrets';
export { SETTINGS, type Settings } from './settings';
