import { isConflict, isNobodysFault, isRefusedRow, isUnavailable } from './failure';

const failure = (code: string | undefined, message = ''): Error =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

describe('a failure of PostgreSQL', () => {
  it.each<[string, Error, 'row' | 'conflict' | 'away' | 'none']>([
    ['text with a NUL', failure('22021'), 'row'],
    ['a broken constraint', failure('23514'), 'row'],
    ['a value beyond a limit', failure('54000'), 'row'],
    ['a deadlock', failure('40P01'), 'conflict'],
    ['a serialization failure', failure('40001'), 'conflict'],
    ['a server that starts', failure('57P03'), 'away'],
    ['a database that takes no connections', failure('55000'), 'away'],
    ['too many connections', failure('53300'), 'away'],
    ['a port where nobody listens', failure('ECONNREFUSED'), 'away'],
    ['a broken pipe', failure('EPIPE', 'write EPIPE'), 'away'],
    [
      'a connection that was lost before',
      failure(undefined, 'Client has encountered a connection error and is not queryable'),
      'away',
    ],
    ['a cut', failure(undefined, 'Connection terminated unexpectedly'), 'away'],
    ['a server that does not answer', failure(undefined, 'timeout exceeded when trying to connect'), 'away'],
    ['a statement that took too long', failure('57014'), 'none'],
    ['a missing table', failure('42P01'), 'none'],
    ['a bug of ours', new TypeError('x is not a function'), 'none'],
  ])('is told apart: %s', (_, error, kind) => {
    expect([isRefusedRow(error), isConflict(error), isUnavailable(error)]).toEqual([
      kind === 'row',
      kind === 'conflict',
      kind === 'away',
    ]);
  });

  it.each([
    [{ code: '40P01', message: 'deadlock detected' }, true],
    [{ code: '55P03', message: 'canceling statement due to lock timeout' }, true],
    [{ code: '57P01', message: 'terminating connection due to administrator command' }, true],
    [{ code: '25P03', message: 'idle-in-transaction timeout' }, true],
    [{ code: '57014', message: 'canceling statement due to statement timeout' }, true],
    [{ code: 'EPIPE', message: 'write EPIPE' }, true],
    [{ code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' }, true],
    [new Error('Connection terminated unexpectedly'), true],
    [new Error('timeout exceeded when trying to connect'), true],
    [{ code: '22P05', message: 'untranslatable character' }, false],
    [{ code: '23514', message: 'violates check constraint' }, false],
    [{ code: 'P0001', message: 'raised' }, false],
    [new TypeError('Cannot read properties of null'), false],
  ])("is nobody's fault where the database or the network has it: %o", (error, nobodys) => {
    expect(isNobodysFault(error)).toBe(nobodys);
  });
});
