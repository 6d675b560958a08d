/** A start-up problem that its reader can mend: the message is one line and names the variable and what it must be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
