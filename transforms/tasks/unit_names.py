"""stub"""
def normal_name(name, context):
    return name
