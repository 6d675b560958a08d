export {
  addToCart,
  type Cart,
  type CartLine,
  emptyCart,
  longestNote,
  mostCartLines,
  noteInCart,
  removeFromCart,
  setInCart,
  withWish,
} from './cart';
