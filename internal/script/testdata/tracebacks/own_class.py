class ModelError(Exception):
    def __str__(self):
        return 'model ' + self.args[0]
def build():
    raise ModelError('broken')
class Net:
    def run(self):
        build()
Net().run()
