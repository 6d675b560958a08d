import { variablesOfPort } from './port-variables';

describe('variablesOfPort', () => {
  it('names the variable whose default the port is', () => {
    expect(variablesOfPort(5000, {})).toEqual(['PORT']);
    expect(variablesOfPort(5050, {})).toEqual(['SIMULATOR_PORT']);
  });

  it('names every variable that asks for the port', () => {
    expect(variablesOfPort(7000, { PORT: '7000', SIMULATOR_PORT: '7000' })).toEqual([
      'PORT',
      'SIMULATOR_PORT',
    ]);
    expect(variablesOfPort(5000, { PORT: '7000' })).toEqual([]);
  });
});
