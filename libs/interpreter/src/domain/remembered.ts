const MOST = 50_000;

/** A bounded memory of a pure function of a word: the same few words are asked for again and again. */
export function remembered<Value>(compute: (word: string) => Value): (word: string) => Value {
  const known = new Map<string, Value>();
  return (word) => {
    const value = known.get(word);
    if (value !== undefined || known.has(word)) {
      return value as Value;
    }
    if (known.size >= MOST) {
      known.clear();
    }
    const computed = compute(word);
    known.set(word, computed);
    return computed;
  };
}
