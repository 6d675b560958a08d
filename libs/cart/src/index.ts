export {
  addToCart,
  type Cart,
  type CartLine,
  emptyCart,
  mostCartLines,
  removeFromCart,
  setInCart,
} from './cart';
