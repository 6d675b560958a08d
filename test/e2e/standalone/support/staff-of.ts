import type { StandaloneProcess } from './standalone-process';

export interface Staff {
  token: string;
  list: <T>(path: string) => Promise<readonly T[]>;
}

/** Staff requests with a token that is given, or got for the first admin's password. */
export async function staffOf(
  shop: StandaloneProcess,
  credentials: { token: string } | { password: string },
): Promise<Staff> {
  const token = 'token' in credentials ? credentials.token : await logIn(shop, credentials.password);
  return {
    token,
    list: async <T>(path: string) => {
      const response = await fetch(`${shop.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
      expect(response.status).toBe(200);
      return ((await response.json()) as { items: readonly T[] }).items;
    },
  };
}

async function logIn(shop: StandaloneProcess, password: string): Promise<string> {
  const response = await fetch(`${shop.url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'admin@pasal.local', password }),
  });
  const { accessToken } = (await response.json()) as { accessToken: string };
  return accessToken;
}
