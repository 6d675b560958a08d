import { type Environment, lookUp, readEnvironment } from './environment';
import { variables } from './variables';

/** Names of the variables that ask for this port: for the line that says that it is taken. */
export function variablesOfPort(port: number, environment: Environment = readEnvironment()): string[] {
  return [variables.port, variables.workerPort, variables.simulatorPort]
    .filter((variable) => Number(lookUp(environment, variable) ?? variable.shownDefault) === port)
    .map(({ name }) => name);
}
