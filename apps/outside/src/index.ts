export { startOutside, type Outside, type OutsideAddresses, type OutsideOptions } from './start-outside.ts';
