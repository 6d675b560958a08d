/** Adds a value to the list of a key; what is last in it already is not added again. */
export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) {
    map.set(key, [value]);
  } else if (list.at(-1) !== value) {
    list.push(value);
  }
}
