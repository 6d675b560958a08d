import { lexiconOf } from './lexicon';
import { numberAt } from './numbers';
import { clean } from './normalise';
import { tokenise } from './tokenise';

describe('tokenise', () => {
  it.each([
    ['2plate x3', ['number', 'word', 'word', 'number']],
    ['1,000 eggs', ['number', 'word']],
    ['7pm 19:30', ['time', 'time']],
    ['#45?', ['ref', 'question']],
    ['2nd one', ['ordinal', 'word']],
    ['a, b\nc', ['word', 'break', 'word', 'break', 'word']],
  ])('cuts %j', (text, kinds) => {
    expect(tokenise(text).map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe('a number', () => {
  it.each([
    ['1,000', 1000],
    ['1,25,000', 125_000],
    ['1.5', 1.5],
    ['1,5', 1.5],
    ['1/2', 0.5],
    ['1 1/2', 1.5],
    ['-3', -3],
    ['1OO', 100],
    ['twenty five', 25],
    ['two hundred and fifty', 250],
    ['half a', 0.5],
    ['one and a half', 1.5],
    ['sadhe tin', 3.5],
    ['dedh', 1.5],
    ['पच्चीस', 25],
    ['tinwota', 3],
    ['दुइटा', 2],
  ])('is read from %j', (text, value) => {
    expect(numberAt(lexiconOf(['en', 'ne']), tokenise(clean(text)), 0)?.value).toBe(value);
  });

  it('is not read from other words', () => {
    expect(numberAt(lexiconOf(['en', 'ne']), tokenise('momo'), 0)).toBeUndefined();
  });
});
