export const stock = [{ id: 'cup', left: 3 }];
export const limits = { most: 20 };

let visits = 0;
export function countVisit() {
  visits += 1;
}
