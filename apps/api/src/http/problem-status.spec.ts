import { statusOf } from './problem-status';

describe('statusOf', () => {
  it.each([
    ['PRODUCT_NOT_FOUND', 404],
    ['LOGIN_FAILED', 401],
    ['FORBIDDEN', 403],
    ['VALIDATION_FAILED', 400],
    ['ORDER_TRANSITION_NOT_ALLOWED', 409],
    ['ANYTHING_ELSE', 409],
  ])('answers %s with %d', (code, status) => {
    expect(statusOf(code)).toBe(status);
  });
});
