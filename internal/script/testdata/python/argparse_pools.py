import argparse
import multiprocessing
from multiprocessing.pool import ThreadPool

parser = argparse.ArgumentParser(prog='sim', description='a simulation')
parser.add_argument('model')
parser.add_argument('-n', '--neurons', type=int, default=100, help='how many')
parser.add_argument('--rate', type=float, default='2.5')
parser.add_argument('--no-plot', action='store_true')
parser.add_argument('--weights', nargs='+', type=float)
parser.add_argument('-v', action='count', default=0)
parser.add_argument('--mode', choices=['a', 'b'], default='a')
parser.add_argument('--tag', action='append')
args = parser.parse_args(['lif', '-n', '5', '--weights', '1', '-2.5', '--no-plot', '-v', '-v', '--tag=x', '--tag', 'y'])
print(args)
print(args.model, args.neurons + 1, args.rate, args.no_plot, args.weights, args.v, args.mode, args.tag)
print(parser.parse_args(['hh', '--neu', '7']).neurons)
known, rest = parser.parse_known_args(['hh', '--other', '3'])
print(known.model, rest)
print(sorted(vars(known)))
print(argparse.Namespace(a=1, b='c'))


def square(x):
    return x * x


def power(x, y=2):
    return x ** y


if __name__ == '__main__':
    with ThreadPool(2) as pool:
        print(pool.map(square, range(5)))
        print(pool.starmap(power, [(2, 3), (3, 2)]))
        print(list(pool.imap(square, [1, 2])))
        print(pool.apply(power, (2, 5)), pool.apply_async(power, (2,), {'y': 4}).get())
    print(multiprocessing.cpu_count() > 0)
